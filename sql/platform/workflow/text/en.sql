-- Texts of the workflow: English. Every locale has the same keys; one whose adjectives know genders has
-- more states.
SELECT LoadTexts('en', $json$
{
  "entity": {
    "object": "Object", "document": "Document", "reference": "Reference",
    "job": "Job", "message": "Message", "report_ready": "Finished report",
    "agent": "Agent", "form": "Form", "program": "Program", "scheduler": "Scheduler",
    "vendor": "Vendor", "version": "Version",
    "report_tree": "Report tree", "report_form": "Report form", "report_routine": "Report routine", "report": "Report"
  },
  "class": {
    "object": "Object", "document": "Document", "reference": "Reference",
    "job": "Job", "message": "Message", "inbox": "Incoming message", "outbox": "Outgoing message",
    "report_ready": "Finished report",
    "agent": "Agent", "form": "Form", "program": "Program", "scheduler": "Scheduler",
    "vendor": "Vendor", "version": "Version",
    "report_tree": "Report tree", "report_form": "Report form", "report_routine": "Report routine", "report": "Report"
  },
  "type": {
    "periodic.job": ["Periodic", "Runs again and again, as its schedule says."],
    "disposable.job": ["One-time", "Runs once."],
    "message.inbox": ["Inbox", "A message that came in."],
    "message.outbox": ["Outbox", "A message to be sent."],
    "sync.report_ready": ["Synchronous", "Built while the user waits."],
    "async.report_ready": ["Asynchronous", "Built in the background."],
    "system.agent": ["System messages", "Delivers messages within the system."],
    "api.agent": ["API", "Delivers messages through a web service."],
    "email.agent": ["Email", "Sends or receives e-mail."],
    "stream.agent": ["Data stream", "Exchanges data with devices."],
    "none.form": ["Untyped", "A form without a type."],
    "journal.form": ["Journal", "A form for the entries of a journal."],
    "tracker.form": ["Daily report", "A form for a report of the day."],
    "plpgsql.program": ["PL/pgSQL", "A program in the language of the database."],
    "job.scheduler": ["Scheduler", "Tells how often jobs run."],
    "service.vendor": ["Service", "Provides services."],
    "device.vendor": ["Hardware", "Makes devices."],
    "car.vendor": ["Automobile", "Makes cars."],
    "api.version": ["API", "A version of the programming interface."],
    "root.report_tree": ["Root", "The root of a tree of reports."],
    "node.report_tree": ["Node", "A folder in a tree of reports."],
    "report.report_tree": ["Report", "A report in a tree of reports."],
    "json.report_form": ["JSON", "A form described in JSON."],
    "plpgsql.report_routine": ["PL/pgSQL", "A routine in the language of the database."],
    "object.report": ["Object", "A report about one object."],
    "report.report": ["Report", "A report about many objects."],
    "import.report": ["Import", "Takes data in."],
    "export.report": ["Export", "Gives data out."]
  },
  "state_type": {"created": "Created", "enabled": "Enabled", "disabled": "Disabled", "deleted": "Deleted"},
  "event_type": {"parent": "Events of the parent class", "event": "Event", "plpgsql": "PL/pgSQL code"},
  "priority": {"low": "Low", "medium": "Medium", "high": "High", "critical": "Urgent"},
  "action": {
    "anything": "Anything", "abort": "Abort", "accept": "Accept", "add": "Add", "alarm": "Alarm",
    "approve": "Approve", "available": "Available", "cancel": "Cancel", "check": "Check",
    "complete": "Complete", "confirm": "Confirm", "create": "Create", "delete": "Delete",
    "disable": "Disable", "done": "Done", "drop": "Drop", "edit": "Edit", "enable": "Enable",
    "execute": "Execute", "expire": "Expire", "fail": "Fail", "faulted": "Faulted",
    "finishing": "Finishing", "heartbeat": "Heartbeat", "invite": "Invite", "open": "Open",
    "plan": "Plan", "post": "Post", "postpone": "Postpone", "preparing": "Preparing",
    "reconfirm": "Reconfirm", "remove": "Remove", "repeat": "Repeat", "reserve": "Reserve",
    "reserved": "Reserved", "restore": "Restore", "return": "Return", "save": "Save", "send": "Send",
    "sign": "Sign", "start": "Start", "stop": "Stop", "submit": "Submit",
    "unavailable": "Unavailable", "update": "Update", "reject": "Reject", "pay": "Pay",
    "continue": "Continue", "agree": "Agree", "close": "Close", "activate": "Activate",
    "refund": "Refund", "download": "Download", "prepare": "Preparation"
  },
  "state": {
    "created": "Created", "enabled": "Opened", "disabled": "Closed", "deleted": "Deleted",
    "inbox.created": "New", "inbox.enabled": "Opened", "inbox.disabled": "Read", "inbox.deleted": "Deleted",
    "outbox.created": "Created", "outbox.prepared": "Prepared", "outbox.sending": "Sending",
    "outbox.submitted": "Sent", "outbox.failed": "Failed", "outbox.deleted": "Deleted",
    "job.created": "Created", "job.enabled": "Enabled", "job.executed": "Executing",
    "job.canceled": "Canceling", "job.aborted": "Aborted", "job.failed": "Failed",
    "job.disabled": "Disabled", "job.completed": "Completed", "job.deleted": "Deleted",
    "report_ready.created": "Created", "report_ready.progress": "In progress",
    "report_ready.canceled": "Canceling", "report_ready.completed": "Completed",
    "report_ready.aborted": "Aborted", "report_ready.failed": "Failed", "report_ready.deleted": "Deleted"
  },
  "method": {
    "enable": "Open", "disable": "Close", "delete": "Delete", "restore": "Restore", "drop": "Drop",
    "inbox.enable": "Open", "inbox.disable": "Read"
  }
}
$json$);
