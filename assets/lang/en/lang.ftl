# lang: what stands between the items of a list
lang-comma = ,{" "}
lang-and = {" "}and{" "}
lang-or = {" "}or{" "}
lang-semicolon = ;{" "}
