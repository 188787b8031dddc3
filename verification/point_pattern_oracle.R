# What dbmss and spatstat say, one line a number: name, radius, value. The argument is the folder of
# the points data; where a file is absent its lines are too.
suppressMessages({library(dbmss); library(spatstat.explore); library(spatstat.data)})
folder <- commandArgs(trailingOnly = TRUE)[1]
say <- function(name, r, value) cat(sprintf("%s %.15g %.15g\n", name, r, value), sep = "")
at <- function(curve, r, column) sapply(r, function(x) curve[[column]][which.min(abs(curve$r - x))])
trees <- file.path(folder, "paracou16_ref.csv")
if (file.exists(trees)) {
  t <- read.csv(trees)
  X <- suppressWarnings(wmppp(data.frame(X = t$x, Y = t$y, PointType = t$PointType, PointWeight = t$PointWeight)))
  r <- c(0, 10, 25, 50, 100)
  say("kd", r, at(Kdhat(X, r, "Q. Rosea", Approximate = 0), r, "Kd"))
  say("kd_cross", r, at(Kdhat(X, r, "Q. Rosea", "V. Americana", Approximate = 0), r, "Kd"))
  say("kd_weighted", r, at(Kdhat(X, r, "Q. Rosea", Weighted = TRUE, Approximate = 0), r, "Kd"))
  say("m_cumulative", r[-1], at(Mhat(X, r, "Q. Rosea"), r[-1], "M"))
}
restaurants <- file.path(folder, "dfRestaurantParis.csv.gz")
if (file.exists(restaurants)) {
  t <- read.csv(restaurants)
  kind <- factor(ifelse(t$asian == 1, "asian", "other"))
  X <- suppressWarnings(wmppp(data.frame(X = t$x, Y = t$y, PointType = kind, PointWeight = 1)))
  r <- seq(0, 3000, by = 100)
  say("paris_exact", r[1:5], at(Kdhat(X, r, "asian", Approximate = 0), r[1:5], "Kd"))
  say("paris_default", r[1:5], at(Kdhat(X, r, "asian"), r[1:5], "Kd"))
}
for (name in c("cells", "japanesepines")) {
  X <- get(name)
  say(paste0(name, "_x"), seq_len(npoints(X)), X$x)
  say(paste0(name, "_y"), seq_len(npoints(X)), X$y)
  k <- Kest(X, r = seq(0, .25, .001), correction = c("none", "border", "isotropic", "translation"))
  for (column in c("un", "border", "iso", "trans")) say(paste0(name, "_", column), c(.1, .2), at(k, c(.1, .2), column))
}
