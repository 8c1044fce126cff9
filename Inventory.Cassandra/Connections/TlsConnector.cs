using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Inventory.Cassandra.Connections;

/// <summary>TLS over a connected socket. There is no switch that turns the certificate check off.</summary>
internal sealed class TlsConnector
{
    private readonly string? _targetHost;
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _clientCertificate;

    public TlsConnector(CassandraTlsOptions options)
    {
        _targetHost = options.TargetHost;
        if (options.CertificateAuthorityPath is { } authorities)
        {
            _authorities = [];
            _authorities.ImportFromPemFile(authorities);
        }

        if (options.ClientCertificatePath is { } certificate)
        {
            _clientCertificate = X509Certificate2.CreateFromPemFile(certificate, options.ClientKeyPath);
        }
    }

    public async Task<SslStream> AuthenticateAsync(Socket socket, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(CreateOptions(endPoint), cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions CreateOptions(IPEndPoint endPoint)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = _targetHost ?? endPoint.Address.ToString() };
        if (_authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        if (_clientCertificate is not null)
        {
            options.ClientCertificates = [_clientCertificate];
        }

        return options;
    }
}
