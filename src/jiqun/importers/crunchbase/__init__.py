"""Crunchbase extracts in a folder: acquisitions, rounds of investment, located firms.

Files, each optional, compressed or not: ``acquisitions_*.csv`` (2015), ``investments_*.csv`` (2013),
``*located_firms.csv``. What becomes what:

- organisation → firm, named by its permalink. Region and categories as Crunchbase has them: scheme
  ``other``, the metropolitan region as region code, the first category as industry code, all of
  them in ``x_categories``. Kind ``financier`` where the name carries a word of finance.
- city of a located firm → site (headquarters). The coordinates are those of the city's centre, so
  distances within a city mean nothing.
- acquisition → tie (ownership) from the acquirer, from its day on, with price and currency. It
  closes nothing: a company that is taken over may go on.
- rows of one company, day and amount → one round. Of two and more investors: an alliance
  (``investment_round``) whose members are the company (recipient) and the investors; of one: a tie
  (investment). The amount is that of the whole round, in dollars.

Investors are organisations or natural persons, and the source does not say which. A record has no
place for persons. An investor is kept where its name is that of an organisation in this folder,
carries a word or legal form of organisations (Capital, Ventures, GmbH, …), a digit, a sign or an
acronym that names of persons lack, or is a single word. Whoever is left cannot be told from a person: the row is
reported without the name, and the alliance has the number left out in ``x_investors_left_out``.
A round with no investor left is not in the record.

Companies and investors of the rounds are names without permalinks. A name that one organisation in
the folder has, and only one, is that organisation; any other is a firm of its own, with the id
``name:…``.

Left out: rows that repeat an earlier one, acquisitions of oneself, rounds without a day (which rows
belong together is unknown), rows with shifted fields.

Paper: K3f (bilateral ties), K3g, K3h (alliances and roles), E1 (places).
"""

from jiqun.importers.crunchbase.importing import IMPORTER

__all__ = ["IMPORTER"]
