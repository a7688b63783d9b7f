-- Texts of the workflow: German.
SELECT LoadTexts('de', $json$
{
  "entity": {
    "object": "Objekt", "document": "Dokument", "reference": "Nachschlagewerk",
    "job": "Auftrag", "message": "Nachricht", "report_ready": "Fertiger Bericht",
    "agent": "Agent", "form": "Formular", "program": "Programm", "scheduler": "Zeitplan",
    "vendor": "Hersteller", "version": "Version",
    "report_tree": "Berichtsbaum", "report_form": "Berichtsformular", "report_routine": "Berichtsroutine", "report": "Bericht"
  },
  "class": {
    "object": "Objekt", "document": "Dokument", "reference": "Nachschlagewerk",
    "job": "Auftrag", "message": "Nachricht", "inbox": "Eingehende Nachricht", "outbox": "Ausgehende Nachricht",
    "report_ready": "Fertiger Bericht",
    "agent": "Agent", "form": "Formular", "program": "Programm", "scheduler": "Zeitplan",
    "vendor": "Hersteller", "version": "Version",
    "report_tree": "Berichtsbaum", "report_form": "Berichtsformular", "report_routine": "Berichtsroutine", "report": "Bericht"
  },
  "type": {
    "periodic.job": ["Wiederkehrend", "Läuft immer wieder, wie es der Zeitplan vorgibt."],
    "disposable.job": ["Einmalig", "Läuft ein einziges Mal."],
    "message.inbox": ["Posteingang", "Eine empfangene Nachricht."],
    "message.outbox": ["Postausgang", "Eine Nachricht, die gesendet werden soll."],
    "sync.report_ready": ["Synchron", "Wird erstellt, während der Benutzer wartet."],
    "async.report_ready": ["Asynchron", "Wird im Hintergrund erstellt."],
    "system.agent": ["Systemnachrichten", "Stellt Nachrichten innerhalb des Systems zu."],
    "api.agent": ["API", "Stellt Nachrichten über einen Webdienst zu."],
    "email.agent": ["E-Mail", "Sendet oder empfängt E-Mails."],
    "stream.agent": ["Datenstrom", "Tauscht Daten mit Geräten aus."],
    "none.form": ["Ohne Typ", "Ein Formular ohne Typ."],
    "journal.form": ["Journal", "Ein Formular für die Einträge eines Journals."],
    "tracker.form": ["Tagesbericht", "Ein Formular für einen Bericht über den Tag."],
    "plpgsql.program": ["PL/pgSQL", "Ein Programm in der Sprache der Datenbank."],
    "job.scheduler": ["Zeitplan", "Legt fest, wie oft Aufträge laufen."],
    "service.vendor": ["Dienstleistung", "Erbringt Dienstleistungen."],
    "device.vendor": ["Geräte", "Stellt Geräte her."],
    "car.vendor": ["Automobil", "Stellt Fahrzeuge her."],
    "api.version": ["API", "Eine Version der Programmierschnittstelle."],
    "root.report_tree": ["Wurzel", "Die Wurzel eines Berichtsbaums."],
    "node.report_tree": ["Knoten", "Ein Ordner in einem Berichtsbaum."],
    "report.report_tree": ["Bericht", "Ein Bericht in einem Berichtsbaum."],
    "json.report_form": ["JSON", "Ein in JSON beschriebenes Formular."],
    "plpgsql.report_routine": ["PL/pgSQL", "Eine Routine in der Sprache der Datenbank."],
    "object.report": ["Objekt", "Ein Bericht über ein einzelnes Objekt."],
    "report.report": ["Bericht", "Ein Bericht über viele Objekte."],
    "import.report": ["Import", "Nimmt Daten auf."],
    "export.report": ["Export", "Gibt Daten aus."]
  },
  "state_type": {"created": "Erstellt", "enabled": "Aktiviert", "disabled": "Deaktiviert", "deleted": "Gelöscht"},
  "event_type": {"parent": "Ereignisse der übergeordneten Klasse", "event": "Ereignis", "plpgsql": "PL/pgSQL-Code"},
  "priority": {"low": "Niedrig", "medium": "Mittel", "high": "Hoch", "critical": "Kritisch"},
  "action": {
    "anything": "Beliebig", "abort": "Abbrechen", "accept": "Annehmen", "add": "Hinzufügen", "alarm": "Alarm",
    "approve": "Genehmigen", "available": "Verfügbar", "cancel": "Stornieren", "check": "Prüfen",
    "complete": "Abschließen", "confirm": "Bestätigen", "create": "Erstellen", "delete": "Löschen",
    "disable": "Deaktivieren", "done": "Erledigt", "drop": "Vernichten", "edit": "Bearbeiten", "enable": "Aktivieren",
    "execute": "Ausführen", "expire": "Ablaufen", "fail": "Fehlschlagen", "faulted": "Gestört",
    "finishing": "Wird beendet", "heartbeat": "Lebenszeichen", "invite": "Einladen", "open": "Öffnen",
    "plan": "Planen", "post": "Veröffentlichen", "postpone": "Verschieben", "preparing": "In Vorbereitung",
    "reconfirm": "Erneut bestätigen", "remove": "Entfernen", "repeat": "Wiederholen", "reserve": "Reservieren",
    "reserved": "Reserviert", "restore": "Wiederherstellen", "return": "Zurückgeben", "save": "Speichern", "send": "Senden",
    "sign": "Unterschreiben", "start": "Starten", "stop": "Anhalten", "submit": "Einreichen",
    "unavailable": "Nicht verfügbar", "update": "Aktualisieren", "reject": "Ablehnen", "pay": "Bezahlen",
    "continue": "Fortsetzen", "agree": "Zustimmen", "close": "Schließen", "activate": "Freischalten",
    "refund": "Erstatten", "download": "Herunterladen", "prepare": "Vorbereiten"
  },
  "state": {
    "created": "Erstellt", "enabled": "Geöffnet", "disabled": "Geschlossen", "deleted": "Gelöscht",
    "inbox.created": "Neu", "inbox.enabled": "Geöffnet", "inbox.disabled": "Gelesen", "inbox.deleted": "Gelöscht",
    "outbox.created": "Erstellt", "outbox.prepared": "Vorbereitet", "outbox.sending": "Wird gesendet",
    "outbox.submitted": "Gesendet", "outbox.failed": "Fehlgeschlagen", "outbox.deleted": "Gelöscht",
    "job.created": "Erstellt", "job.enabled": "Aktiviert", "job.executed": "Wird ausgeführt",
    "job.canceled": "Wird storniert", "job.aborted": "Abgebrochen", "job.failed": "Fehlgeschlagen",
    "job.disabled": "Deaktiviert", "job.completed": "Abgeschlossen", "job.deleted": "Gelöscht",
    "report_ready.created": "Erstellt", "report_ready.progress": "In Arbeit",
    "report_ready.canceled": "Wird storniert", "report_ready.completed": "Abgeschlossen",
    "report_ready.aborted": "Abgebrochen", "report_ready.failed": "Fehlgeschlagen", "report_ready.deleted": "Gelöscht"
  },
  "method": {
    "enable": "Öffnen", "disable": "Schließen", "delete": "Löschen", "restore": "Wiederherstellen", "drop": "Vernichten",
    "inbox.enable": "Öffnen", "inbox.disable": "Als gelesen markieren"
  }
}
$json$);
