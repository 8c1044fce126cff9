using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

public sealed class TlsTests : IDisposable
{
    private readonly string _authorityFile = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");
    private readonly X509Certificate2 _authority = Authority("CN=inventory test authority");

    [Fact]
    public async Task A_certificate_of_the_configured_authority_is_accepted()
    {
        using var certificate = CertificateFor(IPAddress.Loopback, _authority);
        await using var node = Node(certificate);
        await using var client = await TestClients.ConnectAsync(node, Trust(_authority));
        Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(1, 1), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("another authority")]
    [InlineData("another address")]
    [InlineData("no authority configured")]
    public async Task Any_other_certificate_is_refused(string what)
    {
        using var other = Authority("CN=another authority");
        using var certificate = what == "another address"
            ? CertificateFor(IPAddress.Parse("127.9.9.9"), _authority)
            : CertificateFor(IPAddress.Loopback, _authority);
        await using var node = Node(certificate);
        var options = TestClients.Options(what switch
        {
            "another authority" => Trust(other),
            "no authority configured" => static options => options.Tls.Enabled = true,
            _ => Trust(_authority),
        });
        await using var client = new CassandraClient(
            node.ConnectionString, options, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System);
        client.Start();
        await Eventually.IsTrueAsync(() => client.Cluster.LastError is not null);
        Assert.Contains("certificate", client.Cluster.LastError!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(node.Requests);
    }

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_authorityFile);
    }

    private static FakeNode Node(X509Certificate2 certificate) => new()
    {
        Wrap = async stream =>
        {
            var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(certificate);
            return encrypted;
        },
    };

    private Action<CassandraOptions> Trust(X509Certificate2 authority)
    {
        File.WriteAllText(_authorityFile, authority.ExportCertificatePem());
        return options => options.Tls = new() { Enabled = true, CertificateAuthorityPath = _authorityFile };
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 CertificateFor(IPAddress address, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(12), [1, 2, 3, 4]);
        using var withKey = certificate.CopyWithPrivateKey(key);
        // The server's half of TLS wants a key that is not only in memory.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
