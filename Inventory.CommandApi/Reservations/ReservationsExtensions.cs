namespace Inventory.CommandApi.Reservations;

internal static class ReservationsExtensions
{
    public static void AddReservations(this IServiceCollection services)
    {
        services.AddOptions<ReservationOptions>()
            .BindConfiguration(ReservationOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<FindReservation>();
        services.AddSingleton<ReservationSweep>();
        services.AddHostedService<ReservationSweeper>();
    }
}
