"""What a published result says, on a page and on paper. Reads the result; computes nothing anew."""
