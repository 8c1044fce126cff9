using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Inventory.AppHost.Stores.Embedded;

internal static class EmbeddedBuilderExtensions
{
    private const string ResourceType = "Server";

    /// <summary>A store that starts with the application and can be stopped, started and restarted in the dashboard.</summary>
    public static IResourceBuilder<T> AddEmbedded<T>(
        this IDistributedApplicationBuilder builder, T server, EmbeddedServerOptions options)
        where T : EmbeddedServer
    {
        builder.Services.TryAddSingleton(options);
        builder.Services.TryAddSingleton<EmbeddedServerLifecycle>();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, EmbeddedServerShutdown>());
        return builder.AddResource(server)
            .ExcludeFromManifest()
            .WithIconName("DatabaseStack")
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = ResourceType,
                State = KnownResourceStates.NotStarted,
                Properties = [new(CustomResourceKnownProperties.Source, options.Directory)],
            })
            .WithServerCommands()
            .OnInitializeResource(static async (resource, initialize, cancellationToken) =>
            {
                var lifecycle = initialize.Services.GetRequiredService<EmbeddedServerLifecycle>();
                await initialize.Eventing.PublishAsync(
                    new BeforeResourceStartedEvent(resource, initialize.Services), cancellationToken);
                if (await lifecycle.StartAsync(resource, cancellationToken))
                {
                    await initialize.Eventing.PublishAsync(
                        new ConnectionStringAvailableEvent(resource, initialize.Services), cancellationToken);
                }
            });
    }

    private static IResourceBuilder<T> WithServerCommands<T>(this IResourceBuilder<T> server)
        where T : EmbeddedServer =>
        server
            .WithServerCommand(
                KnownResourceCommands.StartCommand, "Start", "Play",
                static (lifecycle, resource, cancellationToken) => lifecycle.StartAsync(resource, cancellationToken),
                static state => KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted)
            .WithServerCommand(
                KnownResourceCommands.StopCommand, "Stop", "Stop",
                static (lifecycle, resource, _) => lifecycle.StopAsync(resource),
                static state => state == KnownResourceStates.Running)
            .WithServerCommand(
                KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise",
                static async (lifecycle, resource, cancellationToken) =>
                    await lifecycle.StopAsync(resource) && await lifecycle.StartAsync(resource, cancellationToken),
                static state => state == KnownResourceStates.Running);

    private static IResourceBuilder<T> WithServerCommand<T>(
        this IResourceBuilder<T> server,
        string name,
        string displayName,
        string icon,
        Func<EmbeddedServerLifecycle, EmbeddedServer, CancellationToken, Task<bool>> execute,
        Func<string?, bool> isPossible)
        where T : EmbeddedServer =>
        server.WithCommand(
            name,
            displayName,
            async context => await execute(
                context.Services.GetRequiredService<EmbeddedServerLifecycle>(), server.Resource, context.CancellationToken)
                ? CommandResults.Success()
                : CommandResults.Failure($"{server.Resource.Name} did not {displayName.ToLowerInvariant()}: see its log."),
            new CommandOptions
            {
                IconName = icon,
                IsHighlighted = name != KnownResourceCommands.RestartCommand,
                UpdateState = context => isPossible(context.ResourceSnapshot.State?.Text)
                    ? ResourceCommandState.Enabled
                    : ResourceCommandState.Hidden,
            });
}
