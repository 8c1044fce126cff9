using System.Data.Common;
using System.Globalization;

namespace Inventory.Cassandra;

/// <summary>
/// Where the cluster is: <c>Contact Points=a,b;Port=9042;Local Datacenter=dc1;Default Keyspace=inventory;Username=..;Password=..</c>
/// (the form that the DataStax driver reads too).
/// </summary>
public sealed record CassandraConnectionString
{
    public required IReadOnlyList<string> ContactPoints { get; init; }

    public int Port { get; init; } = 9042;

    /// <summary>Null takes that of the first contact point that answers.</summary>
    public string? LocalDatacenter { get; init; }

    public string Keyspace { get; init; } = "inventory";

    public string? Username { get; init; }

    public string? Password { get; init; }

    public static CassandraConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var parts = new DbConnectionStringBuilder { ConnectionString = text };
        var contactPoints = (Get(parts, "Contact Points") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (contactPoints.Length == 0)
        {
            throw new FormatException("The connection string for Cassandra names no \"Contact Points\".");
        }

        var port = Get(parts, "Port") ?? "9042";
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var portNumber) || portNumber == 0)
        {
            throw new FormatException($"The connection string for Cassandra has \"{port}\" as \"Port\".");
        }

        var keyspace = Get(parts, "Default Keyspace") ?? "inventory";
        if (keyspace.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
        {
            throw new FormatException($"The connection string for Cassandra has \"{keyspace}\" as \"Default Keyspace\".");
        }

        return new CassandraConnectionString
        {
            ContactPoints = contactPoints,
            Port = portNumber,
            LocalDatacenter = Get(parts, "Local Datacenter"),
            Keyspace = keyspace,
            Username = Get(parts, "Username"),
            Password = Get(parts, "Password"),
        };
    }

    /// <remarks>Without the password: this ends up in logs.</remarks>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Contact Points={string.Join(',', ContactPoints)};Port={Port};Default Keyspace={Keyspace}");

    private static string? Get(DbConnectionStringBuilder parts, string name) =>
        parts.TryGetValue(name, out var value) && value is string { Length: > 0 } text ? text : null;
}
