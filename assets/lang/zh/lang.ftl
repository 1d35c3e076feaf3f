# lang: what stands between the items of a list
lang-comma = 、
lang-and = {" "}和{" "}
lang-or = {" "}或{" "}
lang-semicolon = ；
