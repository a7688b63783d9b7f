-- Texts of the workflow: French. States agree in gender with the name of their class.
SELECT LoadTexts('fr', $json$
{
  "entity": {
    "object": "Objet", "document": "Document", "reference": "Référence",
    "job": "Travail", "message": "Message", "report_ready": "Rapport terminé",
    "agent": "Agent", "form": "Formulaire", "program": "Programme", "scheduler": "Planificateur",
    "vendor": "Fournisseur", "version": "Version",
    "report_tree": "Arborescence des rapports", "report_form": "Formulaire de rapport",
    "report_routine": "Routine de rapport", "report": "Rapport"
  },
  "class": {
    "object": "Objet", "document": "Document", "reference": "Référence",
    "job": "Travail", "message": "Message", "inbox": "Message entrant", "outbox": "Message sortant",
    "report_ready": "Rapport terminé",
    "agent": "Agent", "form": "Formulaire", "program": "Programme", "scheduler": "Planificateur",
    "vendor": "Fournisseur", "version": "Version",
    "report_tree": "Arborescence des rapports", "report_form": "Formulaire de rapport",
    "report_routine": "Routine de rapport", "report": "Rapport"
  },
  "type": {
    "periodic.job": ["Périodique", "S'exécute à intervalles réguliers, selon sa planification."],
    "disposable.job": ["Ponctuel", "S'exécute une seule fois."],
    "message.inbox": ["Boîte de réception", "Un message reçu."],
    "message.outbox": ["Boîte d'envoi", "Un message à envoyer."],
    "sync.report_ready": ["Synchrone", "Établi pendant que l'utilisateur attend."],
    "async.report_ready": ["Asynchrone", "Établi en arrière-plan."],
    "system.agent": ["Messages système", "Remet les messages à l'intérieur du système."],
    "api.agent": ["API", "Remet les messages par un service web."],
    "email.agent": ["Courriel", "Envoie ou reçoit des courriels."],
    "stream.agent": ["Flux de données", "Échange des données avec des appareils."],
    "none.form": ["Sans type", "Un formulaire sans type."],
    "journal.form": ["Journal", "Un formulaire pour les entrées d'un journal."],
    "tracker.form": ["Rapport quotidien", "Un formulaire pour le rapport de la journée."],
    "plpgsql.program": ["PL/pgSQL", "Un programme dans le langage de la base de données."],
    "job.scheduler": ["Planificateur", "Fixe la fréquence d'exécution des travaux."],
    "service.vendor": ["Services", "Fournit des services."],
    "device.vendor": ["Matériel", "Fabrique des appareils."],
    "car.vendor": ["Automobile", "Fabrique des voitures."],
    "api.version": ["API", "Une version de l'interface de programmation."],
    "root.report_tree": ["Racine", "La racine d'une arborescence de rapports."],
    "node.report_tree": ["Nœud", "Un dossier dans une arborescence de rapports."],
    "report.report_tree": ["Rapport", "Un rapport dans une arborescence de rapports."],
    "json.report_form": ["JSON", "Un formulaire décrit en JSON."],
    "plpgsql.report_routine": ["PL/pgSQL", "Une routine dans le langage de la base de données."],
    "object.report": ["Objet", "Un rapport sur un seul objet."],
    "report.report": ["Rapport", "Un rapport sur plusieurs objets."],
    "import.report": ["Importation", "Fait entrer des données."],
    "export.report": ["Exportation", "Fait sortir des données."]
  },
  "state_type": {"created": "Créé", "enabled": "Activé", "disabled": "Désactivé", "deleted": "Supprimé"},
  "event_type": {"parent": "Événements de la classe parente", "event": "Événement", "plpgsql": "Code PL/pgSQL"},
  "priority": {"low": "Basse", "medium": "Moyenne", "high": "Haute", "critical": "Critique"},
  "action": {
    "anything": "N'importe laquelle", "abort": "Interrompre", "accept": "Accepter", "add": "Ajouter", "alarm": "Alarme",
    "approve": "Approuver", "available": "Disponible", "cancel": "Annuler", "check": "Vérifier",
    "complete": "Achever", "confirm": "Confirmer", "create": "Créer", "delete": "Supprimer",
    "disable": "Désactiver", "done": "Fait", "drop": "Détruire", "edit": "Modifier", "enable": "Activer",
    "execute": "Exécuter", "expire": "Expirer", "fail": "Échouer", "faulted": "En panne",
    "finishing": "Finalisation", "heartbeat": "Signal de vie", "invite": "Inviter", "open": "Ouvrir",
    "plan": "Planifier", "post": "Publier", "postpone": "Reporter", "preparing": "En préparation",
    "reconfirm": "Reconfirmer", "remove": "Retirer", "repeat": "Répéter", "reserve": "Réserver",
    "reserved": "Réservé", "restore": "Restaurer", "return": "Retourner", "save": "Enregistrer", "send": "Envoyer",
    "sign": "Signer", "start": "Démarrer", "stop": "Arrêter", "submit": "Soumettre",
    "unavailable": "Indisponible", "update": "Mettre à jour", "reject": "Rejeter", "pay": "Payer",
    "continue": "Continuer", "agree": "Donner son accord", "close": "Fermer", "activate": "Mettre en service",
    "refund": "Rembourser", "download": "Télécharger", "prepare": "Préparer"
  },
  "state": {
    "created": "Créé", "enabled": "Ouvert", "disabled": "Fermé", "deleted": "Supprimé",
    "reference.created": "Créée", "reference.enabled": "Ouverte", "reference.disabled": "Fermée", "reference.deleted": "Supprimée",
    "version.created": "Créée", "version.enabled": "Ouverte", "version.disabled": "Fermée", "version.deleted": "Supprimée",
    "report_tree.created": "Créée", "report_tree.enabled": "Ouverte",
    "report_tree.disabled": "Fermée", "report_tree.deleted": "Supprimée",
    "report_routine.created": "Créée", "report_routine.enabled": "Ouverte",
    "report_routine.disabled": "Fermée", "report_routine.deleted": "Supprimée",
    "inbox.created": "Nouveau", "inbox.enabled": "Ouvert", "inbox.disabled": "Lu", "inbox.deleted": "Supprimé",
    "outbox.created": "Créé", "outbox.prepared": "Préparé", "outbox.sending": "Envoi en cours",
    "outbox.submitted": "Envoyé", "outbox.failed": "Échec", "outbox.deleted": "Supprimé",
    "job.created": "Créé", "job.enabled": "Activé", "job.executed": "En cours d'exécution",
    "job.canceled": "En cours d'annulation", "job.aborted": "Interrompu", "job.failed": "Échec",
    "job.disabled": "Désactivé", "job.completed": "Achevé", "job.deleted": "Supprimé",
    "report_ready.created": "Créé", "report_ready.progress": "En cours",
    "report_ready.canceled": "En cours d'annulation", "report_ready.completed": "Achevé",
    "report_ready.aborted": "Interrompu", "report_ready.failed": "Échec", "report_ready.deleted": "Supprimé"
  },
  "method": {
    "enable": "Ouvrir", "disable": "Fermer", "delete": "Supprimer", "restore": "Restaurer", "drop": "Détruire",
    "inbox.enable": "Ouvrir", "inbox.disable": "Marquer comme lu"
  }
}
$json$);
