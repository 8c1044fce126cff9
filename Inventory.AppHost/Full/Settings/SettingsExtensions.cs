using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.Contracts.Composition;
using Inventory.Servers.Kafka;

namespace Inventory.AppHost.Full.Settings;

/// <summary>What the services are told besides where to find each other, by the keys of <see cref="ConfigurationKeys"/>.</summary>
internal static class SettingsExtensions
{
    /// <summary>The passwords of the logins that the migrations make.</summary>
    public static IResourceBuilder<ProjectResource> WithLogins(
        this IResourceBuilder<ProjectResource> migrations, Parameters parameters) =>
        migrations
            .WithSetting(ConfigurationKeys.CommandApiPassword, parameters.CommandApiPassword)
            .WithSetting(ConfigurationKeys.RelayPassword, parameters.RelayPassword);

    /// <summary>How often the stores are to hold everything.</summary>
    public static IResourceBuilder<ProjectResource> WithReplication(
        this IResourceBuilder<ProjectResource> migrations, Parameters parameters) =>
        migrations
            .WithSetting(ConfigurationKeys.CassandraReplicationFactor, parameters.CassandraReplicationFactor)
            .WithSetting(ConfigurationKeys.KafkaReplicationFactor, parameters.KafkaReplicationFactor)
            .WithSetting(ConfigurationKeys.KafkaPartitions, parameters.KafkaPartitions);

    /// <summary>Whose tokens the service believes.</summary>
    public static IResourceBuilder<ProjectResource> WithTokens(
        this IResourceBuilder<ProjectResource> service, Parameters parameters) =>
        service
            .WithSetting(ConfigurationKeys.TokenIssuer, parameters.TokenIssuer)
            .WithSetting(ConfigurationKeys.TokenAudience, parameters.TokenAudience)
            .WithSetting(ConfigurationKeys.SigningKeyIssuer, parameters.TokenIssuer)
            .WithSetting(ConfigurationKeys.SigningKey, parameters.TokenSigningKey);

    /// <summary>Where telemetry goes once deployed; in between, Aspire sends it to its dashboard.</summary>
    public static IResourceBuilder<ProjectResource> WithTelemetry(
        this IResourceBuilder<ProjectResource> service, Parameters parameters) =>
        service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service.WithSetting(ConfigurationKeys.TelemetryEndpoint, parameters.TelemetryEndpoint)
            : service;

    /// <summary>What the clients must be told about the broker of <c>--servers embedded</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithOldBroker(this IResourceBuilder<ProjectResource> service)
    {
        foreach (var (variable, value) in OldBroker.Environment)
        {
            service.WithEnvironment(variable, value);
        }

        return service;
    }

    private static IResourceBuilder<ProjectResource> WithSetting(
        this IResourceBuilder<ProjectResource> service, string key, IResourceBuilder<ParameterResource> value) =>
        service.WithEnvironment(ConfigurationKeys.Variable(key), value);
}
