SELECT CreateEntityDocument(GetClass('object'));
