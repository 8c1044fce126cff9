using Inventory.CommandApi;

await CommandApiApplication.Build(args).RunAsync();
