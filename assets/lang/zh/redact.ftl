# redact/patterns.rs
redact-private-key = { $number } 个私钥
redact-jwt = { $number } 个 JWT
redact-aws-key = { $number } 个 AWS 密钥
redact-access-token = { $number } 个访问令牌
redact-authorization = { $number } 个 authorization 头
redact-password-in-address = { $number } 个地址中的密码
redact-password = { $number } 个密码
redact-token = { $number } 个令牌
