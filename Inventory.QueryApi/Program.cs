using Inventory.QueryApi;

await QueryApiApplication.Build(args).RunAsync();
