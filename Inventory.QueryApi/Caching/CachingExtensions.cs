using Inventory.Cassandra;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Caching;

internal static class CachingExtensions
{
    /// <summary>Puts <see cref="CachedStockReader"/> before the <see cref="IStockReader"/> that is registered.</summary>
    public static IServiceCollection AddStockCache(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StockCacheOptions>()
            .Bind(configuration.GetSection(StockCacheOptions.SectionName))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StockCacheOptions>, StockCacheOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<CacheClock>();
        services.AddSingleton<StalenessBound>();
        services.AddSingleton<StockCacheMetrics>();
        services.AddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<StockCacheOptions>>().Value;
            return new StockCache(options.MaxEntries, options.MaxBytes);
        });
        services.AddSingleton<StockReads>();
        services.AddSingleton(static provider =>
        {
            var reader = ActivatorUtilities.CreateInstance<CachedStockReader>(provider);
            provider.GetRequiredService<StockCacheMetrics>().Observe(
                provider.GetRequiredService<StockCache>(), provider.GetRequiredService<StockReads>());
            return reader;
        });
        services.AddHostedService<SlowReadWatch>();
        services.AddHostedService<FirstRead>();
        return services;
    }
}
