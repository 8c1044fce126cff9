using System.ComponentModel.DataAnnotations;

namespace Inventory.CommandApi.Reservations;

/// <summary>The configuration section <c>Reservations</c>.</summary>
internal sealed class ReservationOptions
{
    public const string SectionName = "Reservations";

    /// <summary>How long a reservation may outlive its time before its stock is given back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(500);
}
