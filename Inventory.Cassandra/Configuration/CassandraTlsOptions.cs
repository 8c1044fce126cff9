namespace Inventory.Cassandra;

/// <summary>TLS to the nodes. The certificate is always checked; what may differ is whose signature counts.</summary>
public sealed class CassandraTlsOptions
{
    public bool Enabled { get; set; }

    /// <summary>The name the certificate must be for; without it, the node's address.</summary>
    public string? TargetHost { get; set; }

    /// <summary>A PEM file of the authorities that count instead of the machine's own.</summary>
    public string? CertificateAuthorityPath { get; set; }

    /// <summary>PEM files of the client's certificate and key, for servers that ask for one.</summary>
    public string? ClientCertificatePath { get; set; }

    public string? ClientKeyPath { get; set; }
}
