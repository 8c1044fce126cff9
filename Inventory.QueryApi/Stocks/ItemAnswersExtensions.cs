namespace Inventory.QueryApi.Stocks;

internal static class ItemAnswersExtensions
{
    // Beside it the near cache has four times as much.
    private const long MostBytes = 32L * 1024 * 1024;

    public static IServiceCollection AddItemAnswers(this IServiceCollection services)
    {
        services.AddMemoryCache(options => options.SizeLimit = MostBytes);
        services.AddHybridCache();
        return services.AddSingleton<ItemAnswers>();
    }
}
