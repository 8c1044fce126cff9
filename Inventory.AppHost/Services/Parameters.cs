using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Services;

/// <summary>The parameters of the system.</summary>
internal sealed class Parameters(IDistributedApplicationBuilder builder)
{
    public IResourceBuilder<ParameterResource> PostgresPassword { get; } =
        AddSecret(builder, ParameterNames.PostgresPassword);

    public IResourceBuilder<ParameterResource> CommandApiPassword { get; } =
        AddSecret(builder, ParameterNames.CommandApiPassword);

    public IResourceBuilder<ParameterResource> RelayPassword { get; } =
        AddSecret(builder, ParameterNames.RelayPassword);

    public IResourceBuilder<ParameterResource> TokenIssuer { get; } =
        AddValue(builder, ParameterNames.TokenIssuer, DevelopmentTokens.Issuer);

    public IResourceBuilder<ParameterResource> TokenAudience { get; } =
        AddValue(builder, ParameterNames.TokenAudience, DevelopmentTokens.Audience);

    public IResourceBuilder<ParameterResource> TokenSigningKey { get; } =
        AddSecret(builder, ParameterNames.TokenSigningKey);

    /// <summary>Empty for none. On a developer's machine Aspire's dashboard takes the telemetry instead.</summary>
    public IResourceBuilder<ParameterResource> TelemetryEndpoint { get; } =
        AddValue(builder, ParameterNames.TelemetryEndpoint, "");

    public IResourceBuilder<ParameterResource> CassandraReplicationFactor { get; } =
        AddValue(builder, ParameterNames.CassandraReplicationFactor, "1");

    public IResourceBuilder<ParameterResource> KafkaReplicationFactor { get; } =
        AddValue(builder, ParameterNames.KafkaReplicationFactor, "1");

    public IResourceBuilder<ParameterResource> KafkaPartitions { get; } =
        AddValue(builder, ParameterNames.KafkaPartitions, "12");

    private static IResourceBuilder<ParameterResource> AddValue(
        IDistributedApplicationBuilder builder, string name, string value) =>
        builder.AddParameter(name, new FixedDefault(value));

    // Made once and kept in the user secrets, so that data volumes and tokens survive a restart. Letters and digits only:
    // it goes into connection strings, and 44 of them are good Base64 for a signing key of 33 bytes.
    private static IResourceBuilder<ParameterResource> AddSecret(IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(
            name, new GenerateParameterDefault { MinLength = 44, Special = false }, secret: true, persist: true);
}
