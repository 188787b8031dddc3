# Location quotients by EconGeo and Ellison-Glaeser indices by REAT, for concentration_expectations.py.
# Usage: Rscript concentration_oracle.R FOLDER [SOURCES...]
# SOURCES are R files that define location.quotient (EconGeo), ellison.a and herf (REAT); without
# them the installed packages are used.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
if (length(arguments) > 1) {
  for (path in arguments[-1]) source(path)
} else {
  library(EconGeo)
  library(REAT)
}

employment <- as.matrix(read.csv(file.path(folder, "employment.csv"), header = FALSE))
quotient <- location.quotient(employment)
write.table(format(quotient, digits = 17, trim = TRUE), file.path(folder, "quotient.csv"),
            sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)

total <- scan(file.path(folder, "total.csv"), quiet = TRUE)
plants <- read.csv(file.path(folder, "plants.csv"))
# An empty plant in each region makes REAT's order and number of regions those of the totals.
nothing <- data.frame(size = 0, region = seq_along(total))
rows <- lapply(sort(unique(plants$industry)), function(i) {
  mine <- rbind(nothing, plants[plants$industry == i, c("size", "region")])
  result <- ellison.a(mine$size, total, mine$region, print.results = FALSE)
  data.frame(industry = i, gamma = result[1, "Gamma i"], g = result[1, "G i"],
             z = result[1, "z Gi"], herfindahl = result[1, "HHI i"])
})
table <- format(do.call(rbind, rows), digits = 17, trim = TRUE)
write.csv(table, file.path(folder, "gamma.csv"), row.names = FALSE, quote = FALSE)
