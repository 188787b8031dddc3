"""Findings for people: a study of one record and its report in English and Chinese."""
