-- Texts of the workflow: Russian. States agree in gender with the name of their class.
SELECT LoadTexts('ru', $json$
{
  "entity": {
    "object": "Объект", "document": "Документ", "reference": "Справочник",
    "job": "Задание", "message": "Сообщение", "report_ready": "Готовый отчёт",
    "agent": "Агент", "form": "Форма", "program": "Программа", "scheduler": "Планировщик",
    "vendor": "Производитель", "version": "Версия",
    "report_tree": "Дерево отчётов", "report_form": "Форма отчёта", "report_routine": "Функция отчёта", "report": "Отчёт"
  },
  "class": {
    "object": "Объект", "document": "Документ", "reference": "Справочник",
    "job": "Задание", "message": "Сообщение", "inbox": "Входящее сообщение", "outbox": "Исходящее сообщение",
    "report_ready": "Готовый отчёт",
    "agent": "Агент", "form": "Форма", "program": "Программа", "scheduler": "Планировщик",
    "vendor": "Производитель", "version": "Версия",
    "report_tree": "Дерево отчётов", "report_form": "Форма отчёта", "report_routine": "Функция отчёта", "report": "Отчёт"
  },
  "type": {
    "periodic.job": ["Периодическое", "Выполняется снова и снова по расписанию."],
    "disposable.job": ["Разовое", "Выполняется один раз."],
    "message.inbox": ["Входящее", "Полученное сообщение."],
    "message.outbox": ["Исходящее", "Сообщение для отправки."],
    "sync.report_ready": ["Синхронный", "Строится, пока пользователь ждёт."],
    "async.report_ready": ["Асинхронный", "Строится в фоне."],
    "system.agent": ["Системные сообщения", "Доставляет сообщения внутри системы."],
    "api.agent": ["API", "Доставляет сообщения через веб-сервис."],
    "email.agent": ["Электронная почта", "Отправляет или принимает электронную почту."],
    "stream.agent": ["Поток данных", "Обменивается данными с устройствами."],
    "none.form": ["Без типа", "Форма без типа."],
    "journal.form": ["Журнал", "Форма для записей журнала."],
    "tracker.form": ["Ежедневный отчёт", "Форма для отчёта за день."],
    "plpgsql.program": ["PL/pgSQL", "Программа на языке базы данных."],
    "job.scheduler": ["Планировщик", "Определяет, как часто выполняются задания."],
    "service.vendor": ["Услуги", "Оказывает услуги."],
    "device.vendor": ["Оборудование", "Производит устройства."],
    "car.vendor": ["Автомобили", "Производит автомобили."],
    "api.version": ["API", "Версия программного интерфейса."],
    "root.report_tree": ["Корень", "Корень дерева отчётов."],
    "node.report_tree": ["Узел", "Папка в дереве отчётов."],
    "report.report_tree": ["Отчёт", "Отчёт в дереве отчётов."],
    "json.report_form": ["JSON", "Форма, описанная в JSON."],
    "plpgsql.report_routine": ["PL/pgSQL", "Функция на языке базы данных."],
    "object.report": ["Объект", "Отчёт об одном объекте."],
    "report.report": ["Отчёт", "Отчёт о многих объектах."],
    "import.report": ["Импорт", "Загружает данные."],
    "export.report": ["Экспорт", "Выгружает данные."]
  },
  "state_type": {"created": "Создан", "enabled": "Включён", "disabled": "Отключён", "deleted": "Удалён"},
  "event_type": {"parent": "События класса родителя", "event": "Событие", "plpgsql": "Код PL/pgSQL"},
  "priority": {"low": "Низкий", "medium": "Средний", "high": "Высокий", "critical": "Критический"},
  "action": {
    "anything": "Любое", "abort": "Прервать", "accept": "Принять", "add": "Добавить", "alarm": "Тревога",
    "approve": "Утвердить", "available": "Доступен", "cancel": "Отменить", "check": "Проверить",
    "complete": "Завершить", "confirm": "Подтвердить", "create": "Создать", "delete": "Удалить",
    "disable": "Отключить", "done": "Выполнено", "drop": "Уничтожить", "edit": "Изменить", "enable": "Включить",
    "execute": "Выполнить", "expire": "Истекло", "fail": "Неудача", "faulted": "Неисправен",
    "finishing": "Завершение", "heartbeat": "Сердцебиение", "invite": "Пригласить", "open": "Открыть",
    "plan": "Планировать", "post": "Опубликовать", "postpone": "Отложить", "preparing": "Подготовка",
    "reconfirm": "Переподтвердить", "remove": "Убрать", "repeat": "Повторить", "reserve": "Зарезервировать",
    "reserved": "Зарезервирован", "restore": "Восстановить", "return": "Вернуть", "save": "Сохранить", "send": "Отправить",
    "sign": "Подписать", "start": "Запустить", "stop": "Остановить", "submit": "Передать",
    "unavailable": "Недоступен", "update": "Обновить", "reject": "Отклонить", "pay": "Оплатить",
    "continue": "Продолжить", "agree": "Согласовать", "close": "Закрыть", "activate": "Активировать",
    "refund": "Вернуть деньги", "download": "Скачать", "prepare": "Подготовить"
  },
  "state": {
    "created": "Создан", "enabled": "Открыт", "disabled": "Закрыт", "deleted": "Удалён",
    "message.created": "Создано", "message.enabled": "Открыто", "message.disabled": "Закрыто", "message.deleted": "Удалено",
    "form.created": "Создана", "form.enabled": "Открыта", "form.disabled": "Закрыта", "form.deleted": "Удалена",
    "program.created": "Создана", "program.enabled": "Открыта", "program.disabled": "Закрыта", "program.deleted": "Удалена",
    "version.created": "Создана", "version.enabled": "Открыта", "version.disabled": "Закрыта", "version.deleted": "Удалена",
    "report_tree.created": "Создано", "report_tree.enabled": "Открыто",
    "report_tree.disabled": "Закрыто", "report_tree.deleted": "Удалено",
    "report_form.created": "Создана", "report_form.enabled": "Открыта",
    "report_form.disabled": "Закрыта", "report_form.deleted": "Удалена",
    "report_routine.created": "Создана", "report_routine.enabled": "Открыта",
    "report_routine.disabled": "Закрыта", "report_routine.deleted": "Удалена",
    "inbox.created": "Новое", "inbox.enabled": "Открыто", "inbox.disabled": "Прочитано", "inbox.deleted": "Удалено",
    "outbox.created": "Создано", "outbox.prepared": "Подготовлено", "outbox.sending": "Отправка",
    "outbox.submitted": "Отправлено", "outbox.failed": "Ошибка", "outbox.deleted": "Удалено",
    "job.created": "Создано", "job.enabled": "Включено", "job.executed": "Выполняется",
    "job.canceled": "Отменяется", "job.aborted": "Прервано", "job.failed": "Ошибка",
    "job.disabled": "Отключено", "job.completed": "Завершено", "job.deleted": "Удалено",
    "report_ready.created": "Создан", "report_ready.progress": "Выполняется",
    "report_ready.canceled": "Отменяется", "report_ready.completed": "Завершён",
    "report_ready.aborted": "Прерван", "report_ready.failed": "Ошибка", "report_ready.deleted": "Удалён"
  },
  "method": {
    "enable": "Открыть", "disable": "Закрыть", "delete": "Удалить", "restore": "Восстановить", "drop": "Уничтожить",
    "inbox.enable": "Открыть", "inbox.disable": "Прочитать"
  }
}
$json$);
