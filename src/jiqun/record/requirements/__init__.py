"""Requirements 要求: one file a family of rules that a valid record meets."""
