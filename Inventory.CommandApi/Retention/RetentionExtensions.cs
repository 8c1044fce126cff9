namespace Inventory.CommandApi.Retention;

internal static class RetentionExtensions
{
    public static void AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>()
            .BindConfiguration(RetentionOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddHostedService<RetentionJob>();
    }
}
