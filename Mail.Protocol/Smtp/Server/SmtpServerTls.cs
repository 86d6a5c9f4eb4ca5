using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Mail.Protocol.Smtp.Server;

/// <summary>The TLS of a connection.</summary>
/// <param name="Version">As <see cref="SslProtocols.Tls13"/>.</param>
/// <param name="CipherSuite">As <see cref="TlsCipherSuite.TLS_AES_256_GCM_SHA384"/>.</param>
/// <param name="ServerName">The name that the client asked for (SNI), or <see langword="null"/>.</param>
/// <param name="ClientCertificate">The client's certificate, where <see cref="SslServerAuthenticationOptions.ClientCertificateRequired"/> asked for one.</param>
public sealed record SmtpServerTls(SslProtocols Version, TlsCipherSuite CipherSuite, string? ServerName, X509Certificate? ClientCertificate);
