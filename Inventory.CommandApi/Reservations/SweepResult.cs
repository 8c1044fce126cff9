namespace Inventory.CommandApi.Reservations;

/// <summary>What became of a batch of due reservations.</summary>
/// <param name="Due">How many there were.</param>
/// <param name="Expired">How many expired; one whose key is full stays held until there is room.</param>
/// <param name="Last">Where the next batch of the pass begins.</param>
/// <param name="Failure">Of those that stayed held for another reason the last one's.</param>
internal readonly record struct SweepResult(int Due, int Expired, SweepPosition Last, Exception? Failure = null)
{
    public int Stayed => Due - Expired;

    public bool IsLast => Due < ReservationSweep.BatchSize;
}
