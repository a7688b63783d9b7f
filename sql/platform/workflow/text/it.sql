-- Texts of the workflow: Italian. States agree in gender with the name of their class.
SELECT LoadTexts('it', $json$
{
  "entity": {
    "object": "Oggetto", "document": "Documento", "reference": "Riferimento",
    "job": "Lavoro", "message": "Messaggio", "report_ready": "Rapporto pronto",
    "agent": "Agente", "form": "Modulo", "program": "Programma", "scheduler": "Pianificatore",
    "vendor": "Fornitore", "version": "Versione",
    "report_tree": "Albero dei rapporti", "report_form": "Modulo del rapporto",
    "report_routine": "Routine del rapporto", "report": "Rapporto"
  },
  "class": {
    "object": "Oggetto", "document": "Documento", "reference": "Riferimento",
    "job": "Lavoro", "message": "Messaggio", "inbox": "Messaggio in arrivo", "outbox": "Messaggio in uscita",
    "report_ready": "Rapporto pronto",
    "agent": "Agente", "form": "Modulo", "program": "Programma", "scheduler": "Pianificatore",
    "vendor": "Fornitore", "version": "Versione",
    "report_tree": "Albero dei rapporti", "report_form": "Modulo del rapporto",
    "report_routine": "Routine del rapporto", "report": "Rapporto"
  },
  "type": {
    "periodic.job": ["Periodico", "Viene eseguito più volte, secondo la sua pianificazione."],
    "disposable.job": ["Una tantum", "Viene eseguito una sola volta."],
    "message.inbox": ["Posta in arrivo", "Un messaggio ricevuto."],
    "message.outbox": ["Posta in uscita", "Un messaggio da inviare."],
    "sync.report_ready": ["Sincrono", "Viene creato mentre l'utente attende."],
    "async.report_ready": ["Asincrono", "Viene creato in secondo piano."],
    "system.agent": ["Messaggi di sistema", "Recapita i messaggi all'interno del sistema."],
    "api.agent": ["API", "Recapita i messaggi tramite un servizio web."],
    "email.agent": ["E-mail", "Invia o riceve e-mail."],
    "stream.agent": ["Flusso di dati", "Scambia dati con i dispositivi."],
    "none.form": ["Senza tipo", "Un modulo senza tipo."],
    "journal.form": ["Registro", "Un modulo per le voci di un registro."],
    "tracker.form": ["Rapporto giornaliero", "Un modulo per il rapporto della giornata."],
    "plpgsql.program": ["PL/pgSQL", "Un programma nel linguaggio della base di dati."],
    "job.scheduler": ["Pianificatore", "Stabilisce la frequenza di esecuzione dei lavori."],
    "service.vendor": ["Servizi", "Fornisce servizi."],
    "device.vendor": ["Apparecchiature", "Produce dispositivi."],
    "car.vendor": ["Automobili", "Produce automobili."],
    "api.version": ["API", "Una versione dell'interfaccia di programmazione."],
    "root.report_tree": ["Radice", "La radice di un albero dei rapporti."],
    "node.report_tree": ["Nodo", "Una cartella in un albero dei rapporti."],
    "report.report_tree": ["Rapporto", "Un rapporto in un albero dei rapporti."],
    "json.report_form": ["JSON", "Un modulo descritto in JSON."],
    "plpgsql.report_routine": ["PL/pgSQL", "Una routine nel linguaggio della base di dati."],
    "object.report": ["Oggetto", "Un rapporto su un solo oggetto."],
    "report.report": ["Rapporto", "Un rapporto su molti oggetti."],
    "import.report": ["Importazione", "Acquisisce dati."],
    "export.report": ["Esportazione", "Fornisce dati all'esterno."]
  },
  "state_type": {"created": "Creato", "enabled": "Attivato", "disabled": "Disattivato", "deleted": "Eliminato"},
  "event_type": {"parent": "Eventi della classe superiore", "event": "Evento", "plpgsql": "Codice PL/pgSQL"},
  "priority": {"low": "Bassa", "medium": "Media", "high": "Alta", "critical": "Critica"},
  "action": {
    "anything": "Qualsiasi", "abort": "Interrompi", "accept": "Accetta", "add": "Aggiungi", "alarm": "Allarme",
    "approve": "Approva", "available": "Disponibile", "cancel": "Annulla", "check": "Verifica",
    "complete": "Completa", "confirm": "Conferma", "create": "Crea", "delete": "Elimina",
    "disable": "Disattiva", "done": "Fatto", "drop": "Distruggi", "edit": "Modifica", "enable": "Attiva",
    "execute": "Esegui", "expire": "Scadenza", "fail": "Errore", "faulted": "Guasto",
    "finishing": "In chiusura", "heartbeat": "Segnale di vita", "invite": "Invita", "open": "Apri",
    "plan": "Pianifica", "post": "Pubblica", "postpone": "Rinvia", "preparing": "In preparazione",
    "reconfirm": "Riconferma", "remove": "Rimuovi", "repeat": "Ripeti", "reserve": "Prenota",
    "reserved": "Prenotato", "restore": "Ripristina", "return": "Restituisci", "save": "Salva", "send": "Invia",
    "sign": "Firma", "start": "Avvia", "stop": "Ferma", "submit": "Inoltra",
    "unavailable": "Non disponibile", "update": "Aggiorna", "reject": "Rifiuta", "pay": "Paga",
    "continue": "Continua", "agree": "Concorda", "close": "Chiudi", "activate": "Metti in servizio",
    "refund": "Rimborsa", "download": "Scarica", "prepare": "Prepara"
  },
  "state": {
    "created": "Creato", "enabled": "Aperto", "disabled": "Chiuso", "deleted": "Eliminato",
    "version.created": "Creata", "version.enabled": "Aperta", "version.disabled": "Chiusa", "version.deleted": "Eliminata",
    "report_routine.created": "Creata", "report_routine.enabled": "Aperta",
    "report_routine.disabled": "Chiusa", "report_routine.deleted": "Eliminata",
    "inbox.created": "Nuovo", "inbox.enabled": "Aperto", "inbox.disabled": "Letto", "inbox.deleted": "Eliminato",
    "outbox.created": "Creato", "outbox.prepared": "Preparato", "outbox.sending": "Invio in corso",
    "outbox.submitted": "Inviato", "outbox.failed": "Errore", "outbox.deleted": "Eliminato",
    "job.created": "Creato", "job.enabled": "Attivato", "job.executed": "In esecuzione",
    "job.canceled": "In annullamento", "job.aborted": "Interrotto", "job.failed": "Errore",
    "job.disabled": "Disattivato", "job.completed": "Completato", "job.deleted": "Eliminato",
    "report_ready.created": "Creato", "report_ready.progress": "In corso",
    "report_ready.canceled": "In annullamento", "report_ready.completed": "Completato",
    "report_ready.aborted": "Interrotto", "report_ready.failed": "Errore", "report_ready.deleted": "Eliminato"
  },
  "method": {
    "enable": "Apri", "disable": "Chiudi", "delete": "Elimina", "restore": "Ripristina", "drop": "Distruggi",
    "inbox.enable": "Apri", "inbox.disable": "Segna come letto"
  }
}
$json$);
