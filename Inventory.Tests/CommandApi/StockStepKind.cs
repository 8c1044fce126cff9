namespace Inventory.Tests.CommandApi;

internal enum StockStepKind
{
    Inbound,
    Order,
    CancelledOrder,
    PartlyCancelledOrder,
    HeldReservation,
    ConfirmedReservation,
    ReleasedReservation,
    ExpiredReservation,
    Correction,
}
