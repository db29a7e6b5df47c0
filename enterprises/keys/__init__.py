"""Keys to the own page: printed by the branch secretary, redeemed once by the member."""
