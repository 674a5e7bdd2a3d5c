"""The scorecard of faults: what an athlete gets, and when, whatever the providers do."""
