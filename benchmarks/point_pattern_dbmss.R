# Times of the reference, dbmss, in seconds of one processor: arguments are a file of points with a
# column "case", what to run (Kd or M), the number of simulations, and the largest radius.
suppressMessages(library(dbmss))
args <- commandArgs(trailingOnly = TRUE)
table <- read.csv(args[1])
kind <- factor(ifelse(table$case == 1, "case", "other"))
points <- wmppp(data.frame(X = table$x, Y = table$y, PointType = kind, PointWeight = 1))
radii <- seq(0, as.numeric(args[4]), length.out = 128)
simulations <- as.integer(args[3])
run <- function() {
  if (args[2] == "Kd") {
    KdEnvelope(points, r = radii, NumberOfSimulations = simulations, ReferenceType = "case",
               SimulationType = "RandomLocation", Approximate = 0, verbose = FALSE)
  } else {
    MEnvelope(points, r = radii, NumberOfSimulations = simulations, ReferenceType = "case",
              SimulationType = "RandomLocation", verbose = FALSE)
  }
}
RcppParallel::setThreadOptions(numThreads = 1)
spent <- system.time(run())
cat(sum(spent[c("user.self", "sys.self")]), "\n")
