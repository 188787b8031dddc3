"""The field's words: languages, code lists, classifications. This layer imports nothing of ours."""
