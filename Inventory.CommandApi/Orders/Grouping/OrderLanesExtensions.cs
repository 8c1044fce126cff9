using Inventory.ServiceDefaults.Problems;

namespace Inventory.CommandApi.Orders.Grouping;

internal static class OrderLanesExtensions
{
    public static void AddOrderLanes(this IServiceCollection services)
    {
        services.AddOptions<OrderLanesOptions>()
            .BindConfiguration(OrderLanesOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<OrderGroup>();
        services.AddSingleton<OrderLanes>();
        services.AddHostedService(provider => provider.GetRequiredService<OrderLanes>());
        services.AddSingleton<IExceptionStatus, OverloadedStatus>();
    }
}
