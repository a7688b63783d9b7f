SELECT CreateEntityReference(GetClass('object'));
