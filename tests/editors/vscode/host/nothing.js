// VS Code starts the tests in run.js on behalf of an extension, which has to have a main file.
