using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Stores;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Services;

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

    /// <summary>Kafka, and what its clients must be told about these brokers.</summary>
    public static IResourceBuilder<ProjectResource> WithKafka(
        this IResourceBuilder<ProjectResource> service, SystemStores stores)
    {
        foreach (var (variable, value) in stores.ClientSettings)
        {
            service.WithEnvironment(variable, value);
        }

        return service.WithReference(stores.Kafka, ResourceNames.Kafka);
    }

    /// <summary>Kafka, to make the topics in, unless they are there already.</summary>
    public static IResourceBuilder<ProjectResource> WithTopics(
        this IResourceBuilder<ProjectResource> migrations, SystemStores stores) =>
        stores.HasTopics ? migrations : migrations.WithReference(stores.Kafka, ResourceNames.Kafka).WaitFor(stores.Kafka);

    private static IResourceBuilder<ProjectResource> WithSetting(
        this IResourceBuilder<ProjectResource> service, string key, IResourceBuilder<ParameterResource> value) =>
        service.WithEnvironment(ConfigurationKeys.Variable(key), value);
}
