walk-not-on-the-way = not on the way from { $step }
