# redact/patterns.rs
redact-private-key = { $number ->
    [one] 1 private key
   *[other] { $number } private keys
}
redact-jwt = { $number ->
    [one] 1 JWT
   *[other] { $number } JWTs
}
redact-aws-key = { $number ->
    [one] 1 AWS key
   *[other] { $number } AWS keys
}
redact-access-token = { $number ->
    [one] 1 access token
   *[other] { $number } access tokens
}
redact-authorization = { $number ->
    [one] 1 authorization header
   *[other] { $number } authorization headers
}
redact-password-in-address = { $number ->
    [one] 1 password in an address
   *[other] { $number } passwords in addresses
}
redact-password = { $number ->
    [one] 1 password
   *[other] { $number } passwords
}
redact-token = { $number ->
    [one] 1 token
   *[other] { $number } tokens
}
