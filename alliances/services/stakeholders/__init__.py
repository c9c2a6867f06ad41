"""Internal stakeholders: kept by each participant for itself, summed up over all."""
