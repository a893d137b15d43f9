"""The drill: visits are saved while servers are killed, cut off and filled up; afterwards everything is counted."""
