walk-not-on-the-way = { $step } 的选择不经过此步骤
