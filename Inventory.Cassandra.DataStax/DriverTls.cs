using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary><see cref="CassandraTlsOptions"/> in the driver's terms.</summary>
internal static class DriverTls
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static Driver.SSLOptions From(CassandraTlsOptions options)
    {
        X509Certificate2Collection? authorities = null;
        if (options.CertificateAuthorityPath is { } path)
        {
            authorities = [];
            authorities.ImportFromPemFile(path);
        }

        // None lets the machine choose the version of TLS.
        var tls = new Driver.SSLOptions(
            SslProtocols.None,
            checkCertificateRevocation: false,
            (_, certificate, chain, errors) => authorities is null
                ? errors == SslPolicyErrors.None
                : IsSignedBy(authorities, certificate, chain, errors));
        tls.SetHostNameResolver(address => options.TargetHost ?? address.ToString());
        if (options.ClientCertificatePath is { } own)
        {
            tls.SetCertificateCollection([X509Certificate2.CreateFromPemFile(own, options.ClientKeyPath)]);
        }

        return tls;
    }

    /// <summary>Only the authority is another one: the name, the dates and the purpose count as ever.</summary>
    private static bool IsSignedBy(
        X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? received, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server
            || (errors | SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.RemoteCertificateChainErrors)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(received?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(server);
    }
}
