using Inventory.ServiceDefaults.Problems;

namespace Inventory.CommandApi.Commands;

internal static class CommandLanesExtensions
{
    public static void AddCommandLanes(this IServiceCollection services)
    {
        services.AddOptions<CommandLanesOptions>()
            .BindConfiguration(CommandLanesOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<CommandGroup>();
        services.AddSingleton<CommandLanes>();
        services.AddHostedService(provider => provider.GetRequiredService<CommandLanes>());
        services.AddSingleton<IExceptionStatus, OverloadedStatus>();
    }
}
