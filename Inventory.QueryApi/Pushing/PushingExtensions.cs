using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Pushing;

internal static class PushingExtensions
{
    /// <summary>Starts the change feed if <see cref="StockCacheOptions.Push"/> says so.</summary>
    public static IServiceCollection AddChangeFeed(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetSection(StockCacheOptions.SectionName).GetValue<bool>(nameof(StockCacheOptions.Push)))
        {
            return services;
        }

        services.AddSingleton<ChangeFeedMetrics>();
        services.AddHostedService<ChangeFeed>();
        return services;
    }
}
