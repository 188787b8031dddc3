"""The parts of the measure ``collaboration_modes``, one file for each aspect."""
