"""What the project is made with and looked at by: never imported by the application, never in the image."""
