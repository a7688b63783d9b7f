-- Texts of the workflow: Spanish. States agree in gender with the name of their class.
SELECT LoadTexts('es', $json$
{
  "entity": {
    "object": "Objeto", "document": "Documento", "reference": "Referencia",
    "job": "Trabajo", "message": "Mensaje", "report_ready": "Informe terminado",
    "agent": "Agente", "form": "Formulario", "program": "Programa", "scheduler": "Planificador",
    "vendor": "Proveedor", "version": "Versión",
    "report_tree": "Árbol de informes", "report_form": "Formulario de informe",
    "report_routine": "Rutina de informe", "report": "Informe"
  },
  "class": {
    "object": "Objeto", "document": "Documento", "reference": "Referencia",
    "job": "Trabajo", "message": "Mensaje", "inbox": "Mensaje entrante", "outbox": "Mensaje saliente",
    "report_ready": "Informe terminado",
    "agent": "Agente", "form": "Formulario", "program": "Programa", "scheduler": "Planificador",
    "vendor": "Proveedor", "version": "Versión",
    "report_tree": "Árbol de informes", "report_form": "Formulario de informe",
    "report_routine": "Rutina de informe", "report": "Informe"
  },
  "type": {
    "periodic.job": ["Periódico", "Se ejecuta una y otra vez, según su planificación."],
    "disposable.job": ["Único", "Se ejecuta una sola vez."],
    "message.inbox": ["Bandeja de entrada", "Un mensaje recibido."],
    "message.outbox": ["Bandeja de salida", "Un mensaje por enviar."],
    "sync.report_ready": ["Síncrono", "Se elabora mientras el usuario espera."],
    "async.report_ready": ["Asíncrono", "Se elabora en segundo plano."],
    "system.agent": ["Mensajes del sistema", "Entrega mensajes dentro del sistema."],
    "api.agent": ["API", "Entrega mensajes mediante un servicio web."],
    "email.agent": ["Correo electrónico", "Envía o recibe correo electrónico."],
    "stream.agent": ["Flujo de datos", "Intercambia datos con dispositivos."],
    "none.form": ["Sin tipo", "Un formulario sin tipo."],
    "journal.form": ["Diario", "Un formulario para las anotaciones de un diario."],
    "tracker.form": ["Informe diario", "Un formulario para el informe del día."],
    "plpgsql.program": ["PL/pgSQL", "Un programa en el lenguaje de la base de datos."],
    "job.scheduler": ["Planificador", "Determina con qué frecuencia se ejecutan los trabajos."],
    "service.vendor": ["Servicios", "Presta servicios."],
    "device.vendor": ["Equipos", "Fabrica dispositivos."],
    "car.vendor": ["Automóviles", "Fabrica automóviles."],
    "api.version": ["API", "Una versión de la interfaz de programación."],
    "root.report_tree": ["Raíz", "La raíz de un árbol de informes."],
    "node.report_tree": ["Nodo", "Una carpeta en un árbol de informes."],
    "report.report_tree": ["Informe", "Un informe en un árbol de informes."],
    "json.report_form": ["JSON", "Un formulario descrito en JSON."],
    "plpgsql.report_routine": ["PL/pgSQL", "Una rutina en el lenguaje de la base de datos."],
    "object.report": ["Objeto", "Un informe sobre un solo objeto."],
    "report.report": ["Informe", "Un informe sobre muchos objetos."],
    "import.report": ["Importación", "Incorpora datos."],
    "export.report": ["Exportación", "Extrae datos."]
  },
  "state_type": {"created": "Creado", "enabled": "Activado", "disabled": "Desactivado", "deleted": "Eliminado"},
  "event_type": {"parent": "Eventos de la clase superior", "event": "Evento", "plpgsql": "Código PL/pgSQL"},
  "priority": {"low": "Baja", "medium": "Media", "high": "Alta", "critical": "Crítica"},
  "action": {
    "anything": "Cualquiera", "abort": "Interrumpir", "accept": "Aceptar", "add": "Añadir", "alarm": "Alarma",
    "approve": "Aprobar", "available": "Disponible", "cancel": "Cancelar", "check": "Comprobar",
    "complete": "Completar", "confirm": "Confirmar", "create": "Crear", "delete": "Eliminar",
    "disable": "Desactivar", "done": "Hecho", "drop": "Destruir", "edit": "Editar", "enable": "Activar",
    "execute": "Ejecutar", "expire": "Vencer", "fail": "Fallar", "faulted": "Averiado",
    "finishing": "Finalizando", "heartbeat": "Señal de vida", "invite": "Invitar", "open": "Abrir",
    "plan": "Planificar", "post": "Publicar", "postpone": "Aplazar", "preparing": "En preparación",
    "reconfirm": "Reconfirmar", "remove": "Quitar", "repeat": "Repetir", "reserve": "Reservar",
    "reserved": "Reservado", "restore": "Restaurar", "return": "Devolver", "save": "Guardar", "send": "Enviar",
    "sign": "Firmar", "start": "Iniciar", "stop": "Detener", "submit": "Presentar",
    "unavailable": "No disponible", "update": "Actualizar", "reject": "Rechazar", "pay": "Pagar",
    "continue": "Continuar", "agree": "Acordar", "close": "Cerrar", "activate": "Poner en servicio",
    "refund": "Reembolsar", "download": "Descargar", "prepare": "Preparar"
  },
  "state": {
    "created": "Creado", "enabled": "Abierto", "disabled": "Cerrado", "deleted": "Eliminado",
    "reference.created": "Creada", "reference.enabled": "Abierta", "reference.disabled": "Cerrada", "reference.deleted": "Eliminada",
    "version.created": "Creada", "version.enabled": "Abierta", "version.disabled": "Cerrada", "version.deleted": "Eliminada",
    "report_routine.created": "Creada", "report_routine.enabled": "Abierta",
    "report_routine.disabled": "Cerrada", "report_routine.deleted": "Eliminada",
    "inbox.created": "Nuevo", "inbox.enabled": "Abierto", "inbox.disabled": "Leído", "inbox.deleted": "Eliminado",
    "outbox.created": "Creado", "outbox.prepared": "Preparado", "outbox.sending": "Enviando",
    "outbox.submitted": "Enviado", "outbox.failed": "Error", "outbox.deleted": "Eliminado",
    "job.created": "Creado", "job.enabled": "Activado", "job.executed": "En ejecución",
    "job.canceled": "Cancelándose", "job.aborted": "Interrumpido", "job.failed": "Error",
    "job.disabled": "Desactivado", "job.completed": "Completado", "job.deleted": "Eliminado",
    "report_ready.created": "Creado", "report_ready.progress": "En curso",
    "report_ready.canceled": "Cancelándose", "report_ready.completed": "Completado",
    "report_ready.aborted": "Interrumpido", "report_ready.failed": "Error", "report_ready.deleted": "Eliminado"
  },
  "method": {
    "enable": "Abrir", "disable": "Cerrar", "delete": "Eliminar", "restore": "Restaurar", "drop": "Destruir",
    "inbox.enable": "Abrir", "inbox.disable": "Marcar como leído"
  }
}
$json$);
